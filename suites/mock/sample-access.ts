/** Key and merchant id of the documentation's sample request: public, not secret. */
export const SAMPLE_KEY = 'your_api_key';
export const SAMPLE_MERCHANT = 'merchant_id';
