package dev.lion.loop;

import dev.lion.data.Instruction;
import dev.lion.data.Response;
import dev.lion.role.BatchProgress;
import dev.lion.role.Batches;
import dev.lion.role.Teacher;
import dev.lion.testing.ScriptedBatches;
import java.util.List;

/** Batches that are taken and cannot be looked at. */
record FailingLooks(Batches<Instruction, Response> taking, Exception failure)
        implements Batches<Instruction, Response> {
    static Teacher teacher(Teacher teacher, Batches<Instruction, Response> taking, Exception failure) {
        return ScriptedBatches.beside(teacher, new FailingLooks(taking, failure));
    }

    @Override
    public String submit(List<Instruction> questions) throws Exception {
        return taking.submit(questions);
    }

    @Override
    public BatchProgress<Response> poll(String id, List<Instruction> questions) throws Exception {
        throw failure;
    }

    @Override
    public void cancel(String id) throws Exception {
        taking.cancel(id);
    }
}
