/** What keeps attacks out, and what the product is without it. */
export interface Control {
  /** What holds with it; unique. */
  readonly control: string;
  /** What is written in the product's files, each text once, and what instead of it when the control is switched off. */
  readonly changes: readonly Change[];
  /** Names of the attacks that it refuses: each must notice when it is gone. */
  readonly attacks: readonly string[];
}

export interface Change {
  readonly file: string;
  readonly text: string;
  readonly instead: string;
}

/** Controls of one file. */
export function controlsIn(folder: string) {
  return (file: string, control: string, text: string, instead: string, ...attacks: string[]): Control => ({
    control,
    changes: [{ file: `${folder}/${file}`, text, instead }],
    attacks,
  });
}

export const signInRoom = 'shared/platform/sign-in';
