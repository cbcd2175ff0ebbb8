/** Who sits beside whom: the trackers, in the order of the table. */
export interface Tool {
  /** As the table has it. */
  name: string;
  /** Its module in writers/; none: `ours.ts`. */
  writer?: string;
  /** First package of its line in requirements.txt; none: any Python will do. */
  requires?: string;
  /** Ours reads what our Python wrote. */
  readByOurs?: true;
}

export const TOOLS: readonly Tool[] = [
  { name: 'convbench' },
  { name: 'convbench from Python', writer: 'convbench_python', readByOurs: true },
  { name: 'MLflow, SQLite', writer: 'mlflow_sqlite', requires: 'mlflow' },
  { name: 'MLflow, SQLite, asynchronous', writer: 'mlflow_async', requires: 'mlflow' },
  { name: 'MLflow, files', writer: 'mlflow_files', requires: 'mlflow' },
  { name: 'Trackio', writer: 'trackio_local', requires: 'trackio' },
  { name: 'Aim', writer: 'aim_local', requires: 'aim' },
  { name: 'W&B offline', writer: 'wandb_offline', requires: 'wandb' },
  { name: 'tensorboardX', writer: 'tensorboard_x', requires: 'tensorboardX' },
  { name: 'DVCLive', writer: 'dvclive_files', requires: 'dvclive' },
];
