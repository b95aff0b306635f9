package dev.lion.examples;

import java.util.List;

/**
 * How an exported student is run, for its card.
 *
 * @param lines of Markdown
 */
record CardUsage(List<String> lines) {
    CardUsage {
        lines = List.copyOf(lines);
    }

    /** A Hugging Face folder, by lion itself. */
    static CardUsage ofFolder() {
        return new CardUsage(List.of(
                "In Java with lion (transformers and vLLM load the folder, too), where `DIR` is this folder:",
                "",
                "```java",
                "try (var student = dev.lion.student.chat.StudentChatModel.load(java.nio.file.Path.of(\"DIR\"))) {",
                "    System.out.println(student.chat(\"Your question\"));",
                "}",
                "```"));
    }

    /** A GGUF file of that name, which has letters, digits, {@code .}, {@code _} and {@code -} only. */
    static CardUsage ofGguf(String file) {
        return new CardUsage(List.of(
                "In this folder, with Ollama or with llama.cpp:",
                "",
                "```sh",
                "ollama create my-student -f Modelfile && ollama run my-student",
                "llama-cli -m ./" + file + " --jinja -cnv",
                "```"));
    }
}
