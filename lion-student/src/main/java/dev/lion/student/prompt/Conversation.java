package dev.lion.student.prompt;

import dev.lion.data.Demonstration;
import dev.lion.data.Instruction;
import dev.lion.student.prompt.Message.Role;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A training example of one or more turns: perhaps a system message, then question and answer in turn, an answer last. Every
 * answer is learnt, nothing else.
 *
 * @param id what messages call it
 * @param messages in order
 */
public record Conversation(String id, List<Message> messages) {
    public Conversation {
        Objects.requireNonNull(id, "id");
        messages = List.copyOf(messages);
        int first = !messages.isEmpty() && messages.get(0).role() == Role.SYSTEM ? 1 : 0;
        for (int i = first; i < messages.size(); i++) {
            Role due = (i - first) % 2 == 0 ? Role.USER : Role.ASSISTANT;
            if (messages.get(i).role() != due) {
                throw new IllegalArgumentException("message " + (i + 1) + " of a conversation is of the "
                        + messages.get(i).role().key() + ", where the " + due.key() + "'s is due");
            }
        }
        if (messages.size() == first || (messages.size() - first) % 2 != 0) {
            throw new IllegalArgumentException("a conversation ends with an answer of the assistant");
        }
    }

    /** A conversation of one turn. */
    public static Conversation of(Demonstration demonstration) {
        return new Conversation(
                demonstration.instruction().id(),
                List.of(
                        question(demonstration.instruction()),
                        Message.assistant(demonstration.response().text())));
    }

    /** What a user would write: the instruction, and after an empty line its input, as the teacher is asked. */
    static Message question(Instruction instruction) {
        return Message.user(
                instruction.input().isEmpty() ? instruction.text() : instruction.text() + "\n\n" + instruction.input());
    }

    /** The same conversation under the given system message, unless it has one of its own. */
    Conversation under(String system) {
        return messages.get(0).role() == Role.SYSTEM
                ? this
                : new Conversation(
                        id,
                        Stream.concat(Stream.of(Message.system(system)), messages.stream())
                                .toList());
    }
}
