import type { Issue } from '../../src/domain/issue.js';
import { isJsonArray, isJsonObject, type JsonObject } from '../../src/domain/json.js';
import { objectsIn } from './page-walk.js';

/** Products of a shop whose homepage is not claimed are not shown (accounts v1, homepage, verified 2026-11-23). */
export function homepageIssues(homepage: JsonObject): readonly Issue[] {
  if (homepage.claimed === true) return [];
  return [
    {
      severity: 'warning',
      code: 'homepage_not_claimed',
      origin: 'channel',
      message: `The homepage ${typeof homepage.uri === 'string' ? homepage.uri : '(none)'} is not claimed`,
      advice: 'Verify and claim the shop’s address in Merchant Center under Business info.',
    },
  ];
}

/** Which program shows the products of a destination (accounts v1, programs, verified 2026-11-24). */
const PROGRAM_OF: Readonly<Record<string, string>> = {
  SHOPPING_ADS: 'shopping-ads',
  FREE_LISTINGS: 'free-listings',
};

/** Programs the wanted destinations need and the account does not take part in for the country. */
export function programIssues(
  programs: readonly JsonObject[],
  { wanted, country }: { readonly wanted: readonly string[]; readonly country: string },
): readonly Issue[] {
  return wanted.flatMap((destination) => {
    const id = PROGRAM_OF[destination];
    const program = programs.find(({ name }) => typeof name === 'string' && name.endsWith(`/${id}`));
    if (id === undefined || program === undefined) return [];
    const regions = isJsonArray(program.activeRegionCodes) ? program.activeRegionCodes : [];
    if (program.state === 'ENABLED' && (regions.includes(country) || regions.includes('001'))) return [];
    const unmet = objectsIn(program, 'unmetRequirements').map((requirement) => String(requirement.title));
    return [
      {
        severity: 'warning' as const,
        code: 'program_not_active',
        origin: 'channel' as const,
        message: `The account does not take part in ${id} in ${country}${unmet.length === 0 ? '' : `: ${unmet.join('; ')}`}`,
        advice: 'Meet the requirements and turn the program on in Merchant Center.',
        ...(typeof program.documentationUri === 'string' ? { link: program.documentationUri } : {}),
      },
    ];
  });
}

/** With item updates on, Google overwrites price and availability from the shop's pages. */
export function improvementIssues(improvements: JsonObject): readonly Issue[] {
  const updates = isJsonObject(improvements.itemUpdates) ? improvements.itemUpdates : {};
  const { effectiveAllowPriceUpdates: price, effectiveAllowAvailabilityUpdates: availability } = updates;
  const what = [price === true ? 'prices' : null, availability === true ? 'availability' : null].filter(
    (name) => name !== null,
  );
  if (what.length === 0) return [];
  return [
    {
      severity: 'info',
      code: 'item_updates_on',
      origin: 'channel',
      message: `Google changes ${what.join(' and ')} by itself where the shop’s pages say something else`,
      advice: 'Nothing to do. Differences of these attributes are not sent again and again.',
    },
  ];
}

/** Critical issues are as good as a suspension (accounts v1, issues, verified 2026-11-23). */
export function accountIssue(issue: JsonObject): Issue {
  const { severity, title, detail, documentationUri } = issue;
  return {
    severity: severity === 'CRITICAL' ? 'error' : severity === 'SUGGESTION' ? 'info' : 'warning',
    code: 'account_issue',
    origin: 'channel',
    message: typeof title === 'string' ? title : 'Google reports an issue with the account.',
    ...(typeof detail === 'string' ? { advice: detail } : {}),
    ...(typeof documentationUri === 'string' ? { link: documentationUri } : {}),
  };
}
