/**
 * Words that commonly end in a policy rejection, by subject (Meta commerce policies, reviewed on the day below). A hit only asks a
 * person to look: no list can approve or refuse goods.
 */
export const RESTRICTED_WORDS: readonly { readonly subject: string; readonly words: RegExp }[] = [
  {
    subject: 'tobacco and vapes',
    words: /\b(cigarettes?|cigars?|tobacco|vapes?|vaping|e-?liquids?|hookahs?|rolling papers?)\b/i,
  },
  {
    subject: 'alcohol',
    words: /\b(vodka|whisk(?:e)?y|tequila|beer|wine(?! ?(?:glass|rack|opener|cooler))|liqueur)\b/i,
  },
  { subject: 'drugs', words: /\b(cannabis|marijuana|cbd oil|kratom|psilocybin|bongs?)\b/i },
  {
    subject: 'weapons and ammunition',
    words: /\b(firearms?|ammunition|handguns?|rifles?|pepper spray|tasers?|brass knuckles|silencers?)\b/i,
  },
  { subject: 'adult goods', words: /\b(sex toys?|vibrators?|dildos?|pornograph\w*)\b/i },
  {
    subject: 'live animals',
    words: /\b(live (?:animals?|fish|reptiles?|birds?)|pupp(?:y|ies) for sale|kittens? for sale)\b/i,
  },
  {
    subject: 'medical goods and supplements',
    words: /\b(prescription|antibiotics?|steroids?|ephedra|hgh|contact lenses|test kits?)\b/i,
  },
  { subject: 'gambling', words: /\b(casino chips|slot machines?|lottery tickets?|sports betting)\b/i },
  {
    subject: 'stolen or hacked goods',
    words: /\b(jailbroken|hacked account|cracked software|signal jammers?)\b/i,
  },
  {
    subject: 'documents and currency',
    words: /\b(fake (?:id|passport)s?|bank ?notes?|gift ?card codes?|cryptocurrency)\b/i,
  },
  { subject: 'event tickets', words: /\b(event|concert) tickets?\b/i },
  {
    subject: 'digital accounts and downloads',
    words: /\b(account for sale|digital download|license key|e-?books? download)\b/i,
  },
  { subject: 'used cosmetics', words: /\b(used|second-?hand) (?:make-?up|cosmetics|lipstick|mascara)\b/i },
  { subject: 'human remains', words: /\b(human (?:hair bulk|bones?|skulls?|organs?|remains))\b/i },
];

/** Day the lists were last held against the policies. */
export const RESTRICTED_REVIEWED = '2026-11-23';

/** Claims and wording the policies name: cures, before and after, insults. */
export const CLAIMS =
  /\b(before (?:and|&) after|miracle (?:cure|pill|cream)|cures? (?:cancer|diabetes|covid)|guaranteed weight loss|lose \d+ (?:kg|lbs?|pounds)|for whites only|no (?:blacks|jews|muslims))\b/i;
