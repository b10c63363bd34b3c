import type { Bilingual } from '../bilingual.ts';
import type { ProgrammeId } from '../ids.ts';
import { invariant } from '../result.ts';
import { DIBAO_STEPS, DIBAO_WORDS } from './dibao/labels.ts';
import { HIGH_AGE_STEPS, HIGH_AGE_WORDS } from './high-age/labels.ts';
import type { Step } from './programme.ts';
import { TEMPORARY_AID_STEPS, TEMPORARY_AID_WORDS } from './temporary-aid/labels.ts';
import { VENTURE_STEPS, VENTURE_WORDS } from './venture-fund/labels.ts';

/** How a programme says its steps: apart from the registry, because whoever computes has no use for sentences. */
type Sentences = {
  /** Sentence per step code with {placeholders} for the step's inputs and {result}. */
  readonly steps: Readonly<Record<string, Bilingual>>;
  /** Words for values that appear in steps, e.g. dibao → 低保. */
  readonly words: Readonly<Record<string, Bilingual>>;
};

/** One line per programme of the registry. */
const SENTENCES: Readonly<Record<ProgrammeId, Sentences | undefined>> = {
  dibao: { steps: DIBAO_STEPS, words: DIBAO_WORDS },
  'high-age': { steps: HIGH_AGE_STEPS, words: HIGH_AGE_WORDS },
  'temporary-aid': { steps: TEMPORARY_AID_STEPS, words: TEMPORARY_AID_WORDS },
  'venture-fund': { steps: VENTURE_STEPS, words: VENTURE_WORDS },
};

const PLACEHOLDER = /\{(\w+)\}/g;

/**
 * One step as a sentence in both languages, for letters, screens and exports.
 * @throws InvariantError when the programme has no sentence for the step, or the sentence names what the step does not hold.
 */
export function renderStep(programme: { readonly id: ProgrammeId }, step: Step): Bilingual {
  const sentences = SENTENCES[programme.id];
  const sentence = sentences?.steps[step.code];
  invariant(sentences && sentence, `programme ${programme.id} has no sentence for step ${step.code}`);
  const fill = (language: 'zh' | 'en') =>
    sentence[language].replace(PLACEHOLDER, (_, name: string) => {
      const value = name === 'result' ? step.result : step.inputs[name];
      invariant(value !== undefined, `step ${step.code} of ${programme.id} has no "${name}"`);
      return sentences.words[value]?.[language] ?? value;
    });
  return { zh: fill('zh'), en: fill('en') };
}
