/** The nets that our own comparisons train: two of degradation-34's arms, and larger ones. */
export const NETS = [
  { label: 'plain-18', net: 'plain-18:form=small:stemStride=2', input: '28x28x1', batch: 64 },
  { label: 'plain-34', net: 'plain-34:form=small:stemStride=2', input: '28x28x1', batch: 64 },
  { label: 'resnet-20', net: 'resnet-20', input: '32x32x3', batch: 128 },
  { label: 'alexnet-small', net: 'alexnet:form=small', input: '32x32x3', batch: 128 },
] as const;
