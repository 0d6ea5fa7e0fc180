import type { Of } from '../shape.js';
import type * as shapes from './mappings.js';

/** A channel's mapping with its draft. */
export type Mapping = Of<typeof shapes.mapping>;
/** One line of the list of mappings. */
export type MappingLine = Of<typeof shapes.mappingLine>;
/** The answer to a check. */
export type Checked = Of<typeof shapes.checkedMapping>;
/** A finding with its range and corrections. */
export type Finding = Checked['diagnostics'][number];
/** What a text makes of one SKU. */
export type Preview = Of<typeof shapes.preview>;
/** Variants by what a draft does to them. */
export type ImpactTotals = Of<typeof shapes.impactTotals>;
/** What an impact counted so far. */
export type ImpactCounts = Of<typeof shapes.impactCounts>;
/** How far an impact is. */
export type ImpactProgress = Of<typeof shapes.impactProgress>;
/** The whole impact. */
export type ImpactReport = Of<typeof shapes.impactReport>;
/** How attributes are filled over a sample of the catalog. */
export type AttributeFills = Of<typeof shapes.attributeFills>;
/** How tests ended. */
export type TestReport = Of<typeof shapes.testReport>;
/** What an editor can offer. */
export type MappingEnvironment = Of<typeof shapes.environment>;
/** One version of a text. */
export type TextVersion = Of<typeof shapes.textVersion>;
/** A lookup table. */
export type LookupSheet = Of<typeof shapes.lookupSheet>;
/** What saving a lookup table would change. */
export type LookupDiff = Of<typeof shapes.lookupDiff>;
/** The merchant's categories beside the channel's. */
export type CategoryMapping = Of<typeof shapes.categoryMapping>;
