import { ALWAYS, unlessGiven } from './demand.js';
import { type AttributeRow, choice, group, row, text, URL_VALUE } from './row.js';

const TYPINGS = { source: 'typings' } as const;

const STRUCTURED = (max: number) =>
  group(
    row('digital_source_type', choice('DEFAULT', 'TRAINED_ALGORITHMIC_MEDIA')),
    row('content', text(max), { requirement: 'required' }),
  );

/** Names, texts, addresses and pictures (specification 5.1). */
export const BASIC: readonly AttributeRow[] = [
  row('title', text(150), {
    demands: unlessGiven('structured_title'),
    note: 'Plain text that matches the landing page; about 70 characters are shown.',
  }),
  row('structured_title', STRUCTURED(150), {
    demands: unlessGiven('title'),
    note: 'For titles written by a generator, instead of title.',
  }),
  row('short_title', text(150), { note: '5 to 65 characters advised.' }),
  row('description', text(5000), {
    demands: unlessGiven('structured_description'),
    note: 'Plain text.',
  }),
  row('structured_description', STRUCTURED(5000), {
    demands: unlessGiven('description'),
    note: 'For descriptions written by a generator, instead of description.',
  }),
  row('link', URL_VALUE, { demands: ALWAYS, note: 'On the verified and claimed domain.' }),
  row('mobile_link', URL_VALUE),
  row('canonical_link', URL_VALUE),
  row('image_link', URL_VALUE, {
    demands: ALWAYS,
    note: 'JPEG, WebP, PNG, GIF, BMP or TIFF; at least 500 x 500 pixels, at most 64 megapixels and 16 MB.',
  }),
  row('additional_image_link', URL_VALUE, { field: 'additionalImageLinks', list: 10 }),
  row('lifestyle_image_link', URL_VALUE, { field: 'lifestyleImageLinks', list: 100, usual: 10 }),
  row('virtual_model_link', URL_VALUE, { note: 'GLB or GLTF, at most 15 MB; US only.' }),
  row('video_link', URL_VALUE, { field: 'videoLinks', list: 100, ...TYPINGS }),
  row('document_link', URL_VALUE, { field: 'documentLinks', list: 100, note: 'PDF.', ...TYPINGS }),
];
