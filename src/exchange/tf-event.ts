/** The messages of TensorBoard's event files that hold numbers. Field numbers: tensorboard/compat/proto. */
import protobuf from 'protobufjs';
import { describeError, UserError } from '../core/errors.ts';

const SCHEMA = `
syntax = "proto3";
message Dim { int64 size = 1; }
message Shape { repeated Dim dim = 2; }
message Tensor {
  int32 dtype = 1; Shape tensor_shape = 2; bytes tensor_content = 4;
  repeated float float_val = 5; repeated double double_val = 6; repeated bytes string_val = 8;
}
message PluginData { string plugin_name = 1; bytes content = 2; }
message Metadata { PluginData plugin_data = 1; string display_name = 2; string summary_description = 3; int32 data_class = 4; }
message Value { string tag = 1; oneof value { float simple_value = 2; Tensor tensor = 8; } Metadata metadata = 9; }
message Summary { repeated Value value = 1; }
message Event { double wall_time = 1; int64 step = 2; oneof what { string file_version = 3; Summary summary = 5; } }
`;

export const DTYPE = { float: 1, double: 2, string: 7 } as const;
export const DATA_CLASS = { scalar: 1, tensor: 2 } as const;

export interface TensorMessage {
  dtype: number;
  tensor_shape?: { dim?: { size: number }[] };
  tensor_content?: Uint8Array;
  float_val?: number[];
  double_val?: number[];
  string_val?: Uint8Array[];
}

export interface ValueMessage {
  tag: string;
  simple_value?: number;
  tensor?: TensorMessage;
  metadata?: { plugin_data: { plugin_name: string }; data_class: number };
}

export interface EventMessage {
  wall_time: number;
  step?: number;
  file_version?: string;
  summary?: { value?: ValueMessage[] };
}

let type: protobuf.Type | undefined;
const eventType = (): protobuf.Type => {
  type ??= protobuf.parse(SCHEMA, { keepCase: true }).root.lookupType('Event');
  return type;
};

export const encodeEvent = (event: EventMessage): Uint8Array => eventType().encode(event).finish();

/** Throws one line if the bytes are no event. */
export function decodeEvent(bytes: Uint8Array, where: string): EventMessage {
  try {
    return eventType().toObject(eventType().decode(bytes), { longs: Number }) as EventMessage;
  } catch (cause) {
    throw new UserError(`${where}: expected an event of TensorBoard, got: ${describeError(cause)}.`, { cause });
  }
}
