import type { Settings } from '../suites/settings/settings.ts';

/** The target as reports may show it: nothing of a key or a merchant id is in it, also where the URL holds one. */
export interface ShownTarget {
  readonly kind: 'mock' | 'sandbox';
  readonly host: string;
  /** Undefined for the mock, which has no address. */
  readonly baseUrl: string | undefined;
}

/** The target as reports name it. @param mask hides the run's secrets */
export function showTarget(
  { target, baseUrl }: Pick<Settings, 'target' | 'baseUrl'>,
  mask: (text: string) => string,
): ShownTarget {
  return target === 'mock'
    ? { kind: target, host: 'built-in mock', baseUrl: undefined }
    : { kind: target, host: mask(new URL(baseUrl).host), baseUrl: mask(baseUrl) };
}
