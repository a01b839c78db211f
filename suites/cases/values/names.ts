import { type Classes, listed, orAbsent } from './classes.ts';

/** Names of up to 40 allowed characters. Some are dates in a spreadsheet, truth values in YAML, or blocked by firewalls. */
export const NAMES: Classes = orAbsent({
  ordinary: ['Anna', 'On', 'McDonald', 'wei', 'SARAH', 'Bjorn2'],
  one: ['A', 'z', '7', 'n', 'I'],
  punctuation: ['...', '-', '()', '_', '().-_', '--', '.', ')('],
  marks: listed('-Maria script- .Maria Maria. _Maria_ Ma--ria Ma..ria Ma__ria Maria(Mia) (M)aria select( )Maria'),
  rich: listed(`
    -Mc.Maria--Anna(Mia)_O.Neil..v__H()-1e3. (Jr.)Anne-Marie__deSouza..(2)--_007.Lee-
    0.50Abc(def)_ghi--JKL..mno__pqR.Stu(v)-_ .A(B)--cDe..F__e-G_h.(ij)kl.MN-oP_QrSt)
    _00.Ma((ria))--Lee..McT__an-(x).y_Z1-
  `),
  words: listed('null undefined NaN true false None nil Infinity __proto__ constructor NULL No'),
  numbers: ['0', '1', '-1', '007', '1e10', '0x1F', '1.0', '1.50', '12345678901234567890', 'Mar-1', '1-2', '00'],
  long: listed(`
    Wolfeschlegelsteinhausenbergerdorffwelch Maria-Maria-Maria-Maria-Maria-Maria-Anna
    abcdefghijklmnopqrstuvwxyz0123456789().- AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB
    CCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCC aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.
    -bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb Hubert-Blaine(Wolfe) Abcdefghijklmnopqrstuvwxy
  `),
});

/** In reverse order, so that first and last names are only equal on purpose. */
export const LAST_NAMES: Classes = Object.fromEntries(
  Object.entries(NAMES).map(([name, values]) => [name, [...values].reverse()]),
);
