import { type DocumentNode, type FieldNode, Kind, type SelectionSetNode, type ValueNode } from 'graphql';
import type { JsonObject } from '../../../src/domain/json.js';

/** A leaky bucket of points per app and shop. */
export interface CostBucket {
  /** Takes the points of a call; false: there are not enough. What a call did not use is given back by `refund`. */
  take(requested: number): boolean;
  refund(points: number): void;
  status(): {
    readonly maximumAvailable: number;
    readonly currentlyAvailable: number;
    readonly restoreRate: number;
  };
  /** Empties it. */
  drain(): void;
}

/** A bucket as a Standard shop has it: 100 points a second. */
export function costBucket(nowMs: () => number, maximum = 2_000, restoreRate = 100): CostBucket {
  let available = maximum;
  let atMs = nowMs();
  const restore = (): void => {
    const now = nowMs();
    available = Math.min(maximum, available + ((now - atMs) / 1_000) * restoreRate);
    atMs = now;
  };
  return {
    take(requested) {
      restore();
      if (available < requested) return false;
      available -= requested;
      return true;
    },
    refund(points) {
      available = Math.min(maximum, available + points);
    },
    status() {
      restore();
      return {
        maximumAvailable: maximum,
        currentlyAvailable: Math.floor(available),
        restoreRate,
      };
    },
    drain() {
      restore();
      available = 0;
    },
  };
}

/**
 * What a call asks for: an object is a point, a mutation ten, a list two and one for every ten items besides what one item costs; of ids
 * each costs whole. Shopify does not publish its rule for lists; this one is ours, set so that calls of Shopify's documentation fit.
 */
export function requestedCost(document: DocumentNode, variables: JsonObject): number {
  const operation = document.definitions.find((each) => each.kind === Kind.OPERATION_DEFINITION);
  if (operation?.kind !== Kind.OPERATION_DEFINITION) return 0;
  const walk = (set: SelectionSetNode | undefined): number =>
    (set?.selections ?? []).reduce((sum, selection) => {
      if (selection.kind === Kind.FIELD) return sum + fieldCost(selection, variables, walk);
      if (selection.kind === Kind.INLINE_FRAGMENT) return sum + walk(selection.selectionSet);
      const fragment = document.definitions.find(
        (each) => each.kind === Kind.FRAGMENT_DEFINITION && each.name.value === selection.name.value,
      );
      return fragment?.kind === Kind.FRAGMENT_DEFINITION ? sum + walk(fragment.selectionSet) : sum;
    }, 0);
  return (operation.operation === 'mutation' ? 10 : 0) + Math.ceil(walk(operation.selectionSet));
}

function fieldCost(
  field: FieldNode,
  variables: JsonObject,
  walk: (set: SelectionSetNode | undefined) => number,
): number {
  if (field.selectionSet === undefined) return 0;
  const below = walk(field.selectionSet);
  const first = argument(field, 'first', variables);
  const ids = argument(field, 'ids', variables);
  if (typeof first === 'number') return 2 + first / 10 + below;
  if (Array.isArray(ids)) return ids.length * Math.max(1, below);
  return 1 + below;
}

function argument(field: FieldNode, name: string, variables: JsonObject): unknown {
  const value: ValueNode | undefined = field.arguments?.find((each) => each.name.value === name)?.value;
  if (value?.kind === Kind.VARIABLE) return variables[value.name.value];
  return value?.kind === Kind.INT ? Number(value.value) : undefined;
}
