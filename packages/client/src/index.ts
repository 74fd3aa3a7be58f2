export const x: number = 1;
async function f(): Promise<void> {}
f();
