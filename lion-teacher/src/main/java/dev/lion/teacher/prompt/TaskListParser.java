package dev.lion.teacher.prompt;

import dev.lion.data.Instruction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a generator's reply as a list of new instructions, each after a line with its number and the code of the request's
 * frame, some with an input after such a line of its own. Only lines that carry the code count, so nothing that the example
 * made the model repeat can pass for one. Any thread may use it.
 */
public final class TaskListParser {
    private static final String MARKS = "[\\s*_`#<>\\[\\]():•–-]*+";
    private static final Pattern NO_INPUT =
            Pattern.compile("[<(\\[]?\\s*(?:no\\s?input|none|n/?a|empty)\\s*[>)\\]]?\\.?", Pattern.CASE_INSENSITIVE);

    private final Frame frame;
    private final boolean inputs;
    private final Pattern mark;
    private final List<Draft> drafts = new ArrayList<>();
    private boolean open;

    private TaskListParser(Frame frame, boolean inputs) {
        this.frame = frame;
        this.inputs = inputs;
        this.mark = Pattern.compile(
                MARKS + "(?:(?<side>BEGIN|END)\\b\\s*)?(?<what>TASK|INPUT)?\\s*+(?<number>\\d{1,3}\\b)?+" + MARKS
                        + frame.code() + MARKS,
                Pattern.CASE_INSENSITIVE);
    }

    /**
     * What a reply held.
     *
     * @param instructions those that are whole and can be used, in order
     * @param cut the one that the end of the reply cut; empty when the reply is complete, or the cut one has no text
     * @param unusable how many were there that cannot be used: without text, or with lines out of place
     */
    public record Tasks(List<Instruction> instructions, Optional<Instruction> cut, int unusable) {
        public Tasks {
            instructions = List.copyOf(instructions);
        }
    }

    /**
     * Reads a reply.
     *
     * @param reply the text
     * @param frame that of the request
     * @param inputs whether inputs were asked for; a line for one makes its instruction unusable otherwise
     * @param isCut whether the reply was cut by length: the last instruction then counts only if a line ends it
     */
    public static Tasks parse(String reply, Frame frame, boolean inputs, boolean isCut) {
        return new TaskListParser(frame, inputs).read(Reasoning.stripBeforeText(reply), isCut);
    }

    private Tasks read(String reply, boolean isCut) {
        reply.lines().forEach(this::take);
        boolean lastIsCut = isCut && open && !drafts.isEmpty();
        List<Draft> whole = lastIsCut ? drafts.subList(0, drafts.size() - 1) : drafts;
        List<Instruction> usable =
                whole.stream().flatMap(draft -> instruction(draft).stream()).toList();
        Optional<Instruction> cut = lastIsCut ? instruction(drafts.get(drafts.size() - 1)) : Optional.empty();
        return new Tasks(usable, cut, whole.size() - usable.size());
    }

    private void take(String line) {
        Matcher found = mark.matcher(line);
        if (!found.matches()) {
            if (open) {
                drafts.get(drafts.size() - 1).add(line);
            }
        } else if ("END".equalsIgnoreCase(found.group("side"))) {
            open = false;
        } else {
            begin(String.valueOf(found.group("what")), String.valueOf(found.group("number")));
        }
    }

    private void begin(String what, String number) {
        if (what.equalsIgnoreCase("TASK")) {
            drafts.add(new Draft(number));
        } else if (!drafts.isEmpty()) {
            drafts.get(drafts.size() - 1).beginInput(inputs && what.equalsIgnoreCase("INPUT"), number);
        }
        open = !drafts.isEmpty();
    }

    private Optional<Instruction> instruction(Draft draft) {
        String input = draft.input.toString().strip();
        boolean usable = !draft.faulty && !frame.occursIn(input);
        return usable
                ? InstructionParser.parseAlone(draft.text.toString(), frame)
                        .map(text ->
                                Instruction.of(text, NO_INPUT.matcher(input).matches() ? "" : input))
                : Optional.empty();
    }

    /** An instruction as far as it was read. */
    private static final class Draft {
        private final String number;
        private final StringBuilder text = new StringBuilder();
        private final StringBuilder input = new StringBuilder();
        private boolean inInput;
        private boolean faulty;

        Draft(String number) {
            this.number = number;
        }

        void beginInput(boolean isAskedFor, String ofNumber) {
            faulty |= !isAskedFor || inInput || !ofNumber.equals(number);
            inInput = true;
        }

        void add(String line) {
            (inInput ? input : text).append(line).append('\n');
        }
    }
}
