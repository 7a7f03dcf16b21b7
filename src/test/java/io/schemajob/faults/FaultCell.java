package io.schemajob.faults;

import io.schemajob.testing.App;

/** One cell of the matrix. */
record FaultCell(FaultCommand command, FaultStage stage, Fault fault) {
    /** The executable is one in any case. */
    boolean isProcess() {
        return fault.wantsProcess() || !App.isJar();
    }

    @Override
    public String toString() {
        return command + " " + stage + " " + fault;
    }
}
