/**
 * Words that the suite, the page and every server write themselves. A merchant id, a token or a name that is one of them
 * cannot be told from them, and to mask it would tell it. In lowercase.
 */
const WORDS = new Set(
  `juspay_api_key juspay_merchant_id juspay_base_url merchant_id api_key x-merchantid x-routing-id authorization basic
  content-type content-length content-encoding date accept application json text html utf-8 form urlencoded x-www-form-urlencoded
  charset http https www com net org example localhost test live sandbox mock replay built-in suite conformance vitest juspay
  cst tkn cth v2 get post status id ids object customer customers object_reference_id mobile_number mobile_country_code
  email_address first_name last_name date_created last_updated client_auth_token client_auth_token_expiry get_client_auth_token
  options customer_id error errors error_code error_message error_info user_message developer_message field_name
  fields category code message invalid invalid_request_error bad request internal unauthorized forbidden missing
  verdict pass passed fail failed failure waived observed not run conform conforms does could judge judged total counts
  claim claims case cases level must open page reading readings note observes observation observations reason title
  finding findings expected actual pointer exchange exchanges step steps method path headers header body response
  credentials credentialsinwords right none longer shorter other case empty with without password colon key merchant name
  retried retries ms kept new tried seed runs failedat requests schemaversion complete summary target kind host recording
  recorded contract contractsha256 contractchanged version sha256 started settings timeoutms maxrps concurrency created
  waivers waiver owner expires daysleft state used unmatched expired still broken brokenby unreached newcustomer curl
  proof mutants killed blamed precise equivalent variants byclaim watch strict pinned now changed changes
  timeout unreachable unavailable stopped stays true false null undefined nan property properties nothing array string number
  boolean a an as at be but by for from in is it its no of on or so than that the their them there this to two was were what
  when where which who with within an one all any and are answer answers answered same first last second time times
  times after before again another different value values ordinary call calls called character characters data media
  type bytes byte twice refused accepted absent nobody somebody s repeated it token client auth text proxy mark
  ep au rq rs gc tk er rfc gmt utc z mon tue wed thu fri sat sun jan feb mar apr may jun jul aug sep oct nov dec`
    .split(/\s+/)
    .filter((word) => word !== ''),
);

/** A number of three digits is a status or a count. */
const SMALL_NUMBER = /^\d{1,3}$/;
const LONGEST = 64;

/** Whether what stands at a place is such a word, or a part of one. @param folded the text in lowercase */
export function isOwnWord(folded: string, from: number, to: number): boolean {
  let [start, end] = [from, to];
  while (start > 0 && end - start <= LONGEST && isPartOfWord(folded.charCodeAt(start - 1))) start--;
  while (end < folded.length && end - start <= LONGEST && isPartOfWord(folded.charCodeAt(end))) end++;
  if (end - start > LONGEST) return false;
  // Of a hyphenated word each part is one, as in does-not-conform.
  const word = folded.slice(start, end).replace(/^-+|-+$/g, '');
  return WORDS.has(word) || word.split('-').every((part) => WORDS.has(part) || SMALL_NUMBER.test(part));
}

/** Letters and digits of ASCII, the hyphen and the underscore. */
function isPartOfWord(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || code === 45 || code === 95;
}
