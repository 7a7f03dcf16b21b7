package io.schemajob.faults;

/** One cell of the matrix. */
record FaultCell(FaultCommand command, FaultStage stage, Fault fault) {
    @Override
    public String toString() {
        return command + " " + stage + " " + fault;
    }
}
