package dev.lion.student;

import dev.lion.student.prompt.Message;
import java.util.List;

/** What a student and what was written of it are compared on: words of several scripts, digits, signs and white space. */
final class FixedTexts {
    /** For the tokenizer alone. */
    static final List<String> TEXTS = List.of(
            "a",
            "Hello, world! It's 2024, isn't it? They'RE here.",
            "  two spaces, a\ttab,\n\n\nthree lines \n and 1234567 digits ",
            "Zürich, naïve, Ελλάδα, русский, 漢字とかな, 한국어, עברית, हिन्दी, 🦁🦁 e\u0301",
            "for (int i = 0; i < n_max; i++) { x[i] += \"a\" + 'b' / 3.14e-10; } // {{ x }} {% y %}",
            "<|endoftext|></s><s><|im_start|>user[INST]<unk>",
            "ALLCAPS camelCase snake_case https://example.org/a?b=c&d=%20#e");

    /** For the prompt format; a template may refuse some. */
    static final List<List<Message>> CONVERSATIONS = List.of(
            List.of(Message.user("Name three animals that live in Africa, with a word about each.")),
            List.of(
                    Message.system("You answer in one sentence."),
                    Message.user("  Which is larger: 12,345 or 12,354?\nExplain. ")),
            List.of(
                    Message.user("What is Größe in English?"),
                    Message.assistant("It is \"size\"."),
                    Message.user("And 大きさ?")));

    private FixedTexts() {}
}
