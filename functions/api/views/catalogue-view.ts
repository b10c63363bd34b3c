import type * as z from 'zod/mini';
import type { CatalogueProgramme } from '../../../domain/catalogue/catalogue.ts';
import type { CatalogueProgrammeView } from '../contracts/policy-schemas.ts';

export type CatalogueBody = z.input<typeof CatalogueProgrammeView>;
/** Any JSON: it came out of a pack. */
type Value = CatalogueBody['places'][number]['settings'][number]['values'][number]['value'];

/** A programme of the catalogue as it is answered; values as their packs have them. */
export function catalogueView({
  components,
  legalBasis,
  openQuestions,
  parameters,
  places,
  ...one
}: CatalogueProgramme): CatalogueBody {
  return {
    ...one,
    legalBasis: [...legalBasis],
    components: [...components],
    parameters: [...parameters],
    places: places.map(({ settings, ...place }) => ({
      ...place,
      settings: settings.map(({ gaps, values, ...setting }) => ({
        ...setting,
        gaps: [...gaps],
        values: values.map(({ value, ...rest }) => ({ ...rest, value: value as Value })),
      })),
    })),
    openQuestions: openQuestions.map(({ parameters: names, programme: _programme, ...question }) => ({
      ...question,
      parameters: [...names],
    })),
  };
}
