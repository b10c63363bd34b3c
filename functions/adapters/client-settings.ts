/**
 * Where an SDK client finds its service. On AWS everything comes from the execution environment and all members are
 * absent; elsewhere the endpoint is given, with the credentials that belong to it.
 */
export type ClientSettings = {
  readonly region?: string;
  readonly endpoint?: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
};
