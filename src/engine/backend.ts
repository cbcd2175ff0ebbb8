/** The part of tfjs-node that the engine stands on: its eager backend and the napi binding below it. */
import type * as tfjs from '@tensorflow/tfjs-node';

export type TensorFlow = typeof tfjs;
export type Tensor = tfjs.Tensor;

/** An attribute of an eager op, as the binding takes it. */
export interface OpAttribute {
  name: string;
  /** One of the binding's TF_ATTR_* codes. */
  type: number;
  value: unknown;
}

export interface TensorHandle {
  id: number;
  shape: number[];
  dtype: number;
}

/** The functions of tfjs-node's binding that we call or intercept. */
export interface Binding {
  createTensor(shape: readonly number[], dtype: number, data: ArrayBufferView): number;
  deleteTensor(id: number): void;
  tensorDataSync(id: number): ArrayBufferView;
  executeOp(op: string, attributes: OpAttribute[], inputs: number[], outputs: number): TensorHandle[];
  loadSavedModel(directory: string, tags: string): number;
  deleteSavedModel(session: number): void;
  runSavedModel(session: number, inputs: number[], inputNames: string, outputNames: string): TensorHandle[];
  TF_ATTR_TYPE: number;
  TF_ATTR_INT: number;
  TF_ATTR_FLOAT: number;
  TF_ATTR_BOOL: number;
  TF_ATTR_STRING: number;
  TF_ATTR_SHAPE: number;
  TF_Version: string;
}

export interface Backend {
  binding: Binding;
  executeSingleOutput(op: string, attributes: OpAttribute[], inputs: Tensor[]): Tensor;
  executeMultipleOutputs(op: string, attributes: OpAttribute[], inputs: Tensor[], outputs: number): Tensor[];
  /** Uploads what is not uploaded yet. Private in tfjs-node's types, but the only way to a tensor's handle. */
  getInputTensorIds(tensors: Tensor[]): number[];
}

export const backendOf = (tf: TensorFlow): Backend => tf.backend() as unknown as Backend;

/** TensorFlow's DataType enumeration (tensorflow/core/framework/types.proto). */
export const DTYPE = { float32: 1, int32: 3, bool: 10, bfloat16: 14 } as const;
type ValueType = 'float32' | 'int32';
export type Values = Float32Array | Int32Array;

/** What an entry of a program takes and gives, by name. */
export interface ValueSpec {
  dtype: ValueType;
  shape: readonly number[];
}
