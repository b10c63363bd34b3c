/** Chinese first, English second: everything that a person reads. */
export type Bilingual = { readonly zh: string; readonly en: string };
