import { DynamoDBClient } from '@aws-sdk/client-dynamodb';

type Answer = Record<string, unknown>;
/** @param send sends any command with the client that was asked */
export type Around = (command: unknown, send: (command: unknown) => Promise<Answer>) => Promise<Answer>;
type Send = (this: DynamoDBClient, command: unknown) => Promise<Answer>;

/** Lets every command of every DynamoDB client of this process pass through `around`, until the function returned is called. */
export function aroundSends(around: Around): () => void {
  const original = Reflect.get(DynamoDBClient.prototype, 'send') as Send;
  const passing: Send = function passing(command) {
    return around(command, (inner) => original.call(this, inner));
  };
  Reflect.set(DynamoDBClient.prototype, 'send', passing);
  return () => {
    Reflect.set(DynamoDBClient.prototype, 'send', original);
  };
}
