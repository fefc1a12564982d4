/** What the local host says of itself where a visitor, or a program, asks what it is. */
export const STAND_IN = 'the local stand-in for Azure Functions';
