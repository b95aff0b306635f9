package dev.lion.student.prompt;

import dev.lion.data.Instruction;
import dev.lion.student.prompt.Message.Role;

/** A message as formats see it: a question may have an input apart from its words. */
record Turn(Role role, String content, String input) {
    static Turn of(Message message) {
        return new Turn(message.role(), message.content(), "");
    }

    static Turn of(Instruction instruction) {
        return new Turn(Role.USER, instruction.text(), instruction.input());
    }

    static Turn answer(String content) {
        return new Turn(Role.ASSISTANT, content, "");
    }
}
