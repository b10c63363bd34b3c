/** What a template may not contain if it is to work in the Chinese regions as well: checked at every synthesis. */

export type Violation = { readonly rule: string; readonly where: string };

/** Absent or unusable in aws-cn, or reachable without our own checks. */
const FORBIDDEN_TYPES = [
  /^AWS::Cognito::/,
  /^AWS::CloudFront::/,
  /^AWS::Lambda::Url$/,
  /^AWS::SES::/,
  /^AWS::XRay::/,
  /^AWS::Pinpoint::/,
] as const;

/** Forbidden anywhere in the text of a template. Service principals such as lambda.amazonaws.com are the same everywhere. */
const FORBIDDEN_TEXT: readonly { readonly rule: string; readonly pattern: RegExp }[] = [
  { rule: 'literal partition', pattern: /arn:aws[a-z-]*:/g },
  { rule: 'literal account', pattern: /(?<![\w.-])\d{12}(?![\w.-])/g },
  { rule: 'literal service host', pattern: /\b[\w-]+\.[\w-]+\.amazonaws\.com\b/g },
];

type Resource = { readonly Type?: string; readonly Properties?: Readonly<Record<string, unknown>> };

/** All violations in one template of the given region; an empty list means portable. */
export function portabilityViolations(template: unknown, region: string): Violation[] {
  const resources = (template as { Resources?: Record<string, Resource> }).Resources ?? {};
  const byResource = Object.entries(resources).flatMap(([id, resource]) => resourceViolations(id, resource));
  const text = JSON.stringify(template);
  const byText = FORBIDDEN_TEXT.flatMap(({ rule, pattern }) =>
    [...text.matchAll(pattern)].map((match) => ({ rule, where: match[0] })),
  );
  const foreign = region !== 'us-east-1' && text.includes('us-east-1');
  return [...byResource, ...byText, ...(foreign ? [{ rule: 'literal region', where: 'us-east-1' }] : [])];
}

function resourceViolations(
  id: string,
  { Type: type = '', Properties: properties = {} }: Resource,
): Violation[] {
  const found: Violation[] = [];
  if (FORBIDDEN_TYPES.some((pattern) => pattern.test(type)))
    found.push({ rule: `forbidden ${type}`, where: id });
  const text = JSON.stringify(properties);
  if (type === 'AWS::Lambda::Function' && /"TracingConfig":\{"Mode":"Active"/.test(text)) {
    found.push({ rule: 'active tracing', where: id });
  }
  if (type === 'AWS::Lambda::EventSourceMapping' && 'ProvisionedPollerConfig' in properties) {
    found.push({ rule: 'provisioned pollers', where: id });
  }
  if (
    type === 'AWS::Lambda::Function' &&
    /"SourceKMSKeyArn"/.test(JSON.stringify(properties['Code'] ?? {}))
  ) {
    found.push({ rule: 'customer key on code', where: id });
  }
  if (type === 'AWS::CloudWatch::Alarm' && /AsyncEventAge|AsyncEventsDropped/.test(text)) {
    found.push({ rule: 'alarm on an absent metric', where: id });
  }
  if (/"(EndpointType|Types)":\[?"EDGE"/.test(text)) found.push({ rule: 'edge endpoint', where: id });
  if (/"Scope":"CLOUDFRONT"/.test(text)) found.push({ rule: 'global firewall', where: id });
  return found;
}
