/** Where the console is, below a tenant's address. In a file of its own: it is known where no client is loaded. */
export const consolePath = '/console';
