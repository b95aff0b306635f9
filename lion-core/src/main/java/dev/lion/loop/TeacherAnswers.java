package dev.lion.loop;

import dev.lion.data.Demonstration;
import dev.lion.data.FinishReason;
import dev.lion.data.Instruction;
import dev.lion.data.InstructionPool;
import dev.lion.data.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The teacher's answers of the whole run, by instruction id, so that none is asked for twice. For any thread. */
final class TeacherAnswers {
    private final Map<String, Response> byId = new ConcurrentHashMap<>();

    TeacherAnswers(Map<String, Response> known) {
        byId.putAll(known);
    }

    void add(String instructionId, Response response) {
        byId.put(instructionId, response);
    }

    boolean contains(Instruction instruction) {
        return byId.containsKey(instruction.id());
    }

    /** The answer to an instruction, if it was answered. */
    Optional<Response> find(Instruction instruction) {
        return Optional.ofNullable(byId.get(instruction.id()));
    }

    /** The answer to an instruction, if it is fit to learn from and to compare with. */
    Optional<Response> findUsable(Instruction instruction) {
        return find(instruction).filter(response -> fault(response).isEmpty());
    }

    /** The instructions of a pool that have a usable answer, with it, in order. */
    List<Demonstration> demonstrations(InstructionPool pool) {
        return pool.instructions().stream()
                .flatMap(instruction ->
                        findUsable(instruction).map(response -> new Demonstration(instruction, response)).stream())
                .toList();
    }

    /** Why an answer is unfit to learn from; empty when it is fit. */
    static Optional<String> fault(Response response) {
        if (response.finishReason() == FinishReason.LENGTH) {
            return Optional.of("the answer was cut at the limit of tokens");
        }
        if (response.finishReason() == FinishReason.CONTENT_FILTER) {
            return Optional.of("the answer was withheld by the provider");
        }
        return response.text().isBlank() ? Optional.of("the answer is blank") : Optional.empty();
    }
}
