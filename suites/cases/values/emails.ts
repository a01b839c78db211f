import { type Classes, listed, orAbsent } from './classes.ts';

/** Ordinary addresses of up to 80 characters in reserved domains, which no server can know to be wrong. */
export const EMAILS: Classes = orAbsent({
  plain: listed(`
    maria.{8}@example.com maria-tan@example.com m.a.r.i.a.{6}@example.com maria_tan@example.net
    maria+{8}@example.com maria.tan+shop+{6}@example.org a__b{6}@example.com
  `),
  short: listed('a@example.com Z@example.org 7@example.net ab@example.com x@a.example +@example.com q@m.test'),
  long: listed(`
    ${'m'.repeat(16)}{48}@example.com {52}@example.com {20}.${'maria'.repeat(6)}@example.com
    m{12}@${'mail.'.repeat(8)}example.com {20}@example.com {32}@example.net
    {12}@${'m'.repeat(54)}.example {64}@mail.example
  `),
  domain: listed(`
    maria{6}@mail.eu.example.com maria{6}@mail-1.example.com maria@4711.example.com maria{6}@shop.example
    maria@a.b.c.d.example.org maria{6}@xn--bcher-kva.example maria@mail.invalid
  `),
  capitals: listed(`
    Maria.{X8}@example.com MARIA{d6}@MAIL.EXAMPLE.COM maria{6}@Example.Org mArIa@eXaMpLe.NeT
    maria{6}@example.COM MT@example.com
  `),
  tricky: [
    'maria%41{6}@example.com',
    'maria%252b{6}@example.com',
    'maria&last_name=x@example.com',
    'a=b&c=d@example.com',
    "'or'1'='1@example.com",
    'maria%00%s%d{6}@example.com',
    `$\{x}{{y}}@example.com`,
  ],
  // All difficult characters at once, to test them together with other fields.
  rich: [
    "o'Mc.Neil+tag_&amp=%2b$x#y{b}|/~?`--z^!*{6}@Sub-1.Example.COM",
    "''A.b++%%41--==//??^^__{{j}}||~~``&&##$$!!**{6}@mail.example.org",
    "~{8}.O'Hara+a%41B*{y}#c/d?e=f&g_h-`i$1@xn--bcher-kva.c.example.net",
    "+1.{6}'x''&quot=%00--{d4}{z}.Q__r#s@my-shop24.example.technology.example",
    "=007.{6}+Tag'&lt%2F{}__x--y.Z`$HOME*@1and1.Example.test",
  ],
  words: listed(`
    null@example.com undefined@example.org true@example.com NaN@example.net {d12}@example.com 00{d8}@example.com
    1e10@example.com
  `),
});
