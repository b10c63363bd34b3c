import type { Application } from '../../domain/grants/application.ts';
import type { PersonKey } from '../../domain/ids.ts';
import { GrantApplicationStore } from '../adapters/grant-application-store.ts';
import { type Environment, tableFrom } from '../wiring.ts';
import { applicationsOf } from './application-list.ts';

/** What a person applied for, latest first. */
export type MyGrants = (person: PersonKey) => Promise<readonly Application[]>;

export function myGrants(env: Environment): MyGrants {
  const applications = new GrantApplicationStore(tableFrom('operations', env));
  return (person) => applicationsOf({ applications }, person);
}
