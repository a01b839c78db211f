/** Memoizes the last result of a pure function that gets the same argument many times in a row. */
export function rememberLast<From extends string | number, To>(make: (from: From) => To): (from: From) => To {
  let last: { readonly from: From; readonly made: To } | undefined;
  return (from) => {
    if (last === undefined || last.from !== from) last = { from, made: make(from) };
    return last.made;
  };
}

/** Memoizes a date format without milliseconds. */
export function perSecond(print: (date: Date) => string): (date: Date) => string {
  const printSecond = rememberLast((second: number) => print(new Date(second * 1000)));
  return (date) => printSecond(Math.floor(date.getTime() / 1000));
}
