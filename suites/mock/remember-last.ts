/** A pure function of text or numbers that is asked for the same many times in a row: the last result is kept. */
export function rememberLast<From extends string | number, To>(make: (from: From) => To): (from: From) => To {
  let last: { readonly from: From; readonly made: To } | undefined;
  return (from) => {
    if (last === undefined || last.from !== from) last = { from, made: make(from) };
    return last.made;
  };
}

/** Prints dates that differ in nothing but milliseconds alike, once a second. */
export function perSecond(print: (date: Date) => string): (date: Date) => string {
  const printSecond = rememberLast((second: number) => print(new Date(second * 1000)));
  return (date) => printSecond(Math.floor(date.getTime() / 1000));
}
