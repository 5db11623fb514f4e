export const a = "é";
