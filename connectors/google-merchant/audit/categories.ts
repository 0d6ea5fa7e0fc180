/** Parts of Google's product taxonomy that rules speak of. */
export type Branch =
  | 'apparel'
  | 'clothing'
  | 'shoes'
  | 'media'
  | 'mature'
  | 'food'
  | 'cosmetics'
  | 'tobacco'
  | 'weapons';

interface BranchFacts {
  /** Path in the English taxonomy. */
  readonly path: string;
  /** Numbers of the category and everything below it. */
  readonly ids: ReadonlySet<string>;
}

/** Taxonomy of 2019-07-10 and later additions by path; checked against the file 2026-11-25. */
export const BRANCHES: Readonly<Record<Branch, BranchFacts>> = {
  // Clothes, shoes, jewellery, bags and what belongs to them.
  apparel: branch('Apparel & Accessories', [
    '166 167 168 169 170 171 173 175 176 177 178 179 180 181 182 184 187 188 189 190 191 192 193 194 196',
    '197 200 201 203 204 206 207 208 209 211 212 213 214 215 1483 1516 1578 1580 1581 1594 1604 1662 1675',
    '1772 1786 1807 1831 1856 1893 1922 1933 1948 2020 2160 2271 2292 2302 2306 2396 2427 2477 2562 2563',
    '2580 2668 2745 2963 3032 3066 3128 3188 3191 3253 3379 3414 3439 3455 3598 3683 3724 3729 3852 3888',
    '3913 3951 3958 4003 4057 4179 5114 5122 5123 5182 5183 5192 5193 5194 5207 5250 5322 5327 5329 5330',
    '5343 5344 5378 5379 5385 5387 5388 5390 5408 5409 5410 5411 5412 5422 5423 5424 5425 5426 5441 5443',
    '5446 5460 5461 5462 5463 5483 5484 5490 5506 5513 5514 5517 5549 5552 5555 5564 5567 5598 5621 5622',
    '5623 5624 5625 5626 5673 5674 5676 5685 5687 5697 5713 5834 5841 5878 5907 5909 5914 5915 5939 5941',
    '5942 5949 6006 6031 6087 6169 6170 6183 6227 6238 6268 6277 6460 6463 6551 6552 6870 6984 6985 7003',
    '7054 7078 7132 7133 7207 7208 7209 7210 7211 7230 7235 7236 7237 7281 7304 7305 7306 7307 7313 7471',
    '8017 8018 8149 8200 8248 8451 499972 499979 500008 500118 502987 502988 543586 543587 543644 543645',
    '543646 543673 543674',
  ]),
  // Clothes.
  clothing: branch('Apparel & Accessories > Clothing', [
    '182 203 204 206 207 208 209 211 212 213 214 215 1516 1578 1580 1581 1594 1604 1675 1772 1807 1831',
    '2160 2271 2292 2302 2306 2396 2562 2563 2580 2745 2963 3066 3128 3188 3191 3253 3379 3414 3439 3455',
    '3598 3683 3724 3729 3852 3888 3951 3958 4003 5182 5183 5250 5322 5327 5329 5330 5343 5344 5378 5379',
    '5388 5408 5409 5410 5411 5412 5423 5424 5425 5441 5460 5461 5462 5463 5483 5484 5490 5506 5513 5514',
    '5517 5549 5552 5555 5564 5598 5621 5622 5673 5674 5676 5697 5713 5834 5878 5909 5949 6006 6031 6087',
    '6227 7003 7132 7207 7208 7209 7210 7211 7235 7236 7237 7281 7313 8149 8248 499979',
  ]),
  // Shoes.
  shoes: branch('Apparel & Accessories > Shoes', ['187']),
  // Books, films and music: no brand wanted.
  media: branch('Media', [
    '783 784 839 855 886 887 5037 5038 5039 5040 5041 5860 5861 7516 499821 499866 499995 543522 543523',
    '543524 543525 543526 543527 543528 543529 543539 543540 543541 543542 543543',
  ]),
  // Goods for adults and weapons.
  mature: branch('Mature', [
    '726 727 772 773 774 776 778 779 780 781 782 1783 1806 1822 2214 3092 3437 3666 3694 3833 3924 4060',
    '5055 5067 6040 6109 6536 7175 7567 499853 499854 499855 499856 499857 500048 503021 503026 505762',
  ]),
  // Food and drink: sold by weight or volume.
  food: branch('Food, Beverages & Tobacco', [
    '136 412 413 414 415 417 418 420 421 422 423 424 427 428 429 430 431 432 433 434 435 1387 1445 1529',
    '1534 1568 1573 1671 1702 1755 1855 1868 1876 1895 1926 1954 1969 2018 2073 2107 2126 2140 2188 2194',
    '2220 2229 2364 2392 2423 2432 2572 2605 2628 2660 2775 2803 2887 2905 2933 3151 3284 3446 3682 3741',
    '3916 3965 4091 4418 4608 4610 4611 4613 4614 4615 4616 4627 4628 4629 4682 4683 4684 4686 4687 4688',
    '4689 4690 4692 4748 4943 4947 5054 5105 5723 5724 5725 5740 5741 5742 5743 5744 5745 5746 5747 5748',
    '5749 5750 5751 5752 5753 5755 5756 5759 5760 5762 5763 5765 5766 5767 5768 5769 5770 5771 5773 5774',
    '5775 5776 5777 5778 5785 5786 5787 5788 5789 5790 5792 5793 5794 5795 5796 5797 5798 5799 5800 5804',
    '5805 5807 5808 5809 5810 5811 5812 5813 5814 5827 5887 5904 6192 6194 6195 6196 6199 6203 6204 6219',
    '6246 6259 6566 6567 6568 6569 6570 6571 6572 6573 6574 6577 6580 6581 6582 6584 6585 6586 6587 6589',
    '6590 6591 6592 6593 6594 6595 6596 6597 6598 6599 6600 6601 6602 6608 6609 6610 6613 6614 6615 6616',
    '6617 6618 6619 6620 6621 6622 6624 6625 6626 6627 6628 6629 6630 6631 6632 6633 6636 6637 6638 6639',
    '6640 6641 6642 6643 6644 6645 6646 6647 6649 6653 6655 6656 6657 6658 6661 6663 6664 6665 6667 6668',
    '6669 6670 6671 6672 6673 6674 6675 6676 6678 6679 6681 6682 6687 6688 6691 6692 6693 6694 6695 6697',
    '6698 6700 6701 6703 6704 6705 6706 6716 6717 6754 6761 6772 6774 6775 6782 6783 6784 6785 6797 6808',
    '6809 6810 6812 6813 6814 6816 6818 6821 6830 6831 6839 6843 6844 6845 6847 6848 6854 6873 6891 6905',
    '6922 7127 7159 7193 7196 7327 7354 7374 7387 7427 7486 7506 7528 8030 8036 8076 8515 499676 499707',
    '499905 499906 499963 499986 499988 499989 499991 500074 500075 500076 500089 500093 500105 502976',
    '503734 503759 503760 503761 505301 505329 505354 505761 543530 543531 543532 543533 543534 543535',
    '543536 543537 543549 543554 543555 543556 543557 543634 543635 543642 543643 543651 543652',
  ]),
  // Care: sold by weight or volume.
  cosmetics: branch('Health & Beauty > Personal Care > Cosmetics', [
    '473 474 475 476 477 478 479 481 482 567 2503 2511 2522 2526 2548 2571 2589 2592 2619 2645 2683 2686',
    '2734 2739 2740 2747 2761 2765 2779 2780 2807 2828 2834 2844 2858 2875 2876 2904 2946 2958 2975 2980',
    '3009 3021 3025 3037 3208 3509 3691 4049 4106 4121 4218 4779 5338 5339 5820 5880 5975 5976 5978 5979',
    '5980 5981 6034 6069 6072 6104 6260 6261 6262 6282 6300 6304 6305 6306 6331 6340 6341 6555 6753 6760',
    '6791 6863 6893 7018 7190 7256 7356 7417 7429 7445 7467 7490 7493 7494 8029 8132 8217 8218 8219 8220',
    '233419 499698 499822 499913 499926 502996 502997 543573 543574 543658 543659',
  ]),
  // Tobacco and what replaces it.
  tobacco: branch('Food, Beverages & Tobacco > Tobacco Products', [
    '435 3151 3682 3741 3916 4091 499963 543634 543635',
  ]),
  // Weapons.
  weapons: branch('Mature > Weapons', [
    '726 727 780 781 782 1783 1806 1822 2214 3092 3437 3666 3694 3833 3924 5067 6109 7175 7567 499853',
    '499854 499855 499856 499857 500048 503021 503026 505762',
  ]),
};

function branch(path: string, lines: readonly string[]): BranchFacts {
  return { path, ids: new Set(lines.flatMap((line) => line.split(' '))) };
}

/** Whether a category, given as number or as English path, lies in a branch. */
export function isIn(category: string | null, name: Branch): boolean {
  if (category === null) return false;
  const { path, ids } = BRANCHES[name];
  return ids.has(category) || category === path || category.startsWith(`${path} > `);
}

/** Appliances and lamps that carry an energy label in the European Union; number and English path. */
export const ENERGY_LABELLED: readonly { readonly id: string; readonly path: string }[] = [
  { id: '404', path: 'Electronics > Video > Televisions' },
  { id: '305', path: 'Electronics > Video > Computer Monitors' },
  { id: '605', path: 'Home & Garden > Household Appliances > Climate Control Appliances > Air Conditioners' },
  { id: '2549', path: 'Home & Garden > Household Appliances > Laundry Appliances > Washing Machines' },
  { id: '2612', path: 'Home & Garden > Household Appliances > Laundry Appliances > Dryers' },
  { id: '2849', path: 'Home & Garden > Household Appliances > Laundry Appliances > Laundry Combo Units' },
  { id: '680', path: 'Home & Garden > Kitchen & Dining > Kitchen Appliances > Dishwashers' },
  { id: '681', path: 'Home & Garden > Kitchen & Dining > Kitchen Appliances > Freezers' },
  { id: '683', path: 'Home & Garden > Kitchen & Dining > Kitchen Appliances > Ovens' },
  { id: '684', path: 'Home & Garden > Kitchen & Dining > Kitchen Appliances > Range Hoods' },
  { id: '686', path: 'Home & Garden > Kitchen & Dining > Kitchen Appliances > Refrigerators' },
  { id: '4539', path: 'Home & Garden > Kitchen & Dining > Kitchen Appliances > Wine Fridges' },
  { id: '2425', path: 'Home & Garden > Lighting > Light Bulbs' },
  { id: '3329', path: 'Home & Garden > Lighting > Light Bulbs > LED Light Bulbs' },
  { id: '621', path: 'Home & Garden > Household Appliances > Water Heaters' },
  {
    id: '911',
    path: 'Vehicles & Parts > Vehicle Parts & Accessories > Motor Vehicle Parts > Motor Vehicle Wheel Systems > Motor Vehicle Tires',
  },
  {
    id: '6093',
    path: 'Vehicles & Parts > Vehicle Parts & Accessories > Motor Vehicle Parts > Motor Vehicle Wheel Systems > Motor Vehicle Tires > Automotive Tires',
  },
];
