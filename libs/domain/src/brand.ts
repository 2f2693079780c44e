declare const brand: unique symbol;

/** A primitive that carries its meaning in the type, so that one unit cannot be passed for another. */
export type Brand<Base, Name extends string> = Base & { readonly [brand]: Name };
