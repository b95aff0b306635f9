package dev.lion.teacher;

import dev.lion.data.FinishReason;
import dev.lion.data.Instruction;
import dev.lion.data.Response;
import dev.lion.role.GenerationResponse;
import dev.lion.teacher.prompt.ChatPrompt;
import dev.lion.teacher.prompt.Frame;
import dev.lion.teacher.prompt.InstructionParser;
import dev.lion.teacher.prompt.PromptSet;
import dev.lion.teacher.prompt.TaskListParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a generator asks for in one call, and how it reads the reply: the bare text of one instruction, or, when there are to be
 * several or inputs, a list whose lines carry the code of the frame.
 *
 * @param perCall how many instructions
 * @param inputs whether inputs are shown and asked for apart
 * @param takesCut whether what was cut by length is proposed all the same
 */
record ReplyFormat(int perCall, boolean inputs, boolean takesCut) {
    static final String MORE_THAN_ASKED = "more-than-asked";

    /** Room for a line with the code, whose 16 digits and marks are some 20 tokens. */
    private static final int LINE_TOKENS = 32;

    private boolean isList() {
        return perCall > 1 || inputs;
    }

    /** The limit on a reply, from that on one instruction. */
    int tokens(int forOne) {
        int lines = inputs ? 2 : 1;
        return isList()
                ? Math.addExact(Math.multiplyExact(perCall, forOne + lines * LINE_TOKENS), LINE_TOKENS)
                : forOne;
    }

    Set<String> placeholders() {
        return isList() ? Set.of("code", "count", "instruction") : Set.of("code", "instruction");
    }

    ChatPrompt hardPrompt(PromptSet prompts) {
        return inputs ? prompts.inputsHard() : isList() ? prompts.severalHard() : prompts.generatorHard();
    }

    ChatPrompt easyPrompt(PromptSet prompts) {
        return inputs ? prompts.inputsEasy() : isList() ? prompts.severalEasy() : prompts.generatorEasy();
    }

    /** The texts of the example that are framed. */
    List<String> shown(Instruction example) {
        return inputs && !example.input().isEmpty()
                ? List.of(example.text(), example.input())
                : List.of(example.fullText());
    }

    /** What takes the places of the placeholders. */
    Map<String, String> values(Instruction example, Frame frame) {
        List<String> shown = shown(example);
        String framed = frame.wrap("EXAMPLE", shown.get(0))
                + (shown.size() == 1 ? "" : "\n\n" + frame.wrap("INPUT OF THE EXAMPLE", shown.get(1)));
        return isList()
                ? Map.of("code", frame.code(), "count", Integer.toString(perCall), "instruction", framed)
                : Map.of("code", frame.code(), "instruction", framed);
    }

    /** The proposals in a reply, and why others are none. */
    GenerationResponse read(Response reply, Frame frame) {
        if (reply.finishReason() == FinishReason.CONTENT_FILTER) {
            return dropped(GenerationResponse.WITHHELD, reply);
        }
        boolean isCut = reply.finishReason() == FinishReason.LENGTH;
        if (isList()) {
            return list(reply, TaskListParser.parse(reply.text(), frame, inputs, isCut), isCut);
        }
        if (isCut && !takesCut) {
            return dropped(GenerationResponse.CUT_BY_LENGTH, reply);
        }
        Optional<Instruction> one = InstructionParser.parse(reply.text(), frame).map(Instruction::of);
        return one.map(each -> new GenerationResponse(List.of(each), reply.usage()))
                .orElseGet(() -> dropped(GenerationResponse.UNUSABLE_TEXT, reply));
    }

    private static GenerationResponse dropped(String reason, Response reply) {
        return new GenerationResponse(List.of(), reply.usage(), Map.of(reason, 1));
    }

    private GenerationResponse list(Response reply, TaskListParser.Tasks tasks, boolean isCut) {
        List<Instruction> proposed = new ArrayList<>(tasks.instructions());
        Map<String, Integer> dropped = new TreeMap<>();
        if (takesCut) {
            tasks.cut().ifPresent(proposed::add);
        } else if (isCut && proposed.size() < perCall) {
            dropped.put(GenerationResponse.CUT_BY_LENGTH, 1);
        }
        if (tasks.unusable() > 0) {
            dropped.put(GenerationResponse.UNUSABLE_TEXT, tasks.unusable());
        } else if (proposed.isEmpty() && dropped.isEmpty()) {
            dropped.put(GenerationResponse.UNUSABLE_TEXT, 1);
        }
        if (proposed.size() > perCall) {
            dropped.put(MORE_THAN_ASKED, proposed.size() - perCall);
        }
        return new GenerationResponse(proposed.subList(0, Math.min(perCall, proposed.size())), reply.usage(), dropped);
    }
}
