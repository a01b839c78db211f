/** The key and the merchant id of the documentation's sample request: known to everyone, and nobody's. */
export const SAMPLE_KEY = 'your_api_key';
export const SAMPLE_MERCHANT = 'merchant_id';
