import { type Classes, listed } from './classes.ts';

/**
 * References as on the page (an email address, a mobile number, a running number), and others that merchants use. Eight to 64
 * characters.
 */
export const REFERENCES: Classes = {
  plain: ['conf-{24}', 'customer-id-{16}', 'CONF-{X20}', 'conf_{20}_1', 'Conf{a8}Ref{d8}'],
  email: listed(`
    conf.{20}@example.com maria+{12}@example.com M.Tan.{X12}@Example.COM {d12}@example.org
    maria+a+{12}@mail.example.net o'neil{12}@example.com maria%{12}@example.com maria&{12}=x@example.com
    m{12}@sub-1.example.org #{12}!@example.com
  `),
  mobile: ['{d10}', '00{d8}', '{d8}', '9{d9}', '0{d9}'],
  // From 16 digits a floating-point number loses precision; from 19 a 64-bit integer may overflow.
  digits: ['{d12}', '0000{d12}', '{d16}', '9{d17}', '{d20}', '9{d32}', '1{d12}000000', '00000000{d12}', '{d64}'],
  // Numbers in a loose comparison, including some equal to 0 or infinity.
  numbers: ['1e{d12}', '2e{d12}', '0e{d14}', '{d12}e10', '0x{16}', '1.{d12}', '{d12}.0', '-{d12}', '+{d12}', '0b{d12}'],
  uuid: ['{uuid}', '{UUID}', 'urn:uuid:{uuid}', '{32}', '{X32}'],
  marks: listed('a--b--{16} -{16}- .{16}. _{16}_ shop/{16}:1 {12}..{8} {16}-- %{16}@ /{16}/ :{16}: #{16} a=b&c={16}'),
  lengths: ['{8}', '{9}', '{20}', '{33}', '{48}', '{63}', '{64}', 'conf-{43}'],
  rich: [
    "-A.b--{12}__c+x&amp=1..%41'@@Mail.Example.com:/#~{z}_",
    '00{d12}.Z_a::b##c@@d&&e++f~~g==h//i%%J--k..l__m0123456-',
    "Ref({12})*!$'x?y=%2b&|a,b--a..b__C:D+e@a.Example.COM==",
    ":{12}--Ab.c_D++e''f@@{3}/g#h%i~Example.org&{12}&",
    "+{12}.o'Neil__x--Y&lt=#{d2}..%00:a/b~c@m-1.Example.net:",
  ],
  words: listed("null-{12} undefined{12} __proto__{12} {a24} {A20} true{d12} NaN{d12} x'--{12} ../../{16}/etc/passwd"),
};
