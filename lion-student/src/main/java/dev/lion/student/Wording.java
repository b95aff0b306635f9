package dev.lion.student;

import dev.lion.student.prompt.Message;
import dev.lion.student.prompt.PromptEncoder;
import dev.lion.student.prompt.PromptException;
import dev.lion.student.tokenizer.StudentTokenizer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a tokenizer and a prompt format make of the {@link FixedTexts}. */
record Wording(StudentTokenizer tokenizer, PromptEncoder encoder) {
    private static final int SHOWN = 60;

    /** Adds how another wording differs from this one. */
    void compare(Wording written, List<String> differences) {
        if (encoder.end() != written.encoder.end()) {
            differences.add("an answer ends with the token " + written.encoder.end() + " instead of " + encoder.end());
        }
        if (!encoder.ends().equals(written.encoder.ends())) {
            differences.add(
                    "the tokens that end a text are " + written.encoder.ends() + " instead of " + encoder.ends());
        }
        for (String text : FixedTexts.TEXTS) {
            compareTokens("the text", text, words(text), written.words(text), differences);
        }
        FixedTexts.CONVERSATIONS.forEach(conversation -> compare(conversation, written, differences));
    }

    private void compare(List<Message> conversation, Wording written, List<String> differences) {
        Optional<String> expected = rendered(conversation);
        Optional<String> found = written.rendered(conversation);
        if (!expected.equals(found)) {
            differences.add("a conversation of " + conversation.size() + " messages is written as "
                    + found.map(Wording::quoted).orElse("nothing (the template refuses it)") + " instead of "
                    + expected.map(Wording::quoted).orElse("nothing (the template refuses it)")
                    + expected.flatMap(text -> found.map(other -> firstDifference(text, other)))
                            .orElse(""));
        } else if (expected.isPresent()) {
            compareTokens(
                    "the prompt", expected.get(), prompt(conversation), written.prompt(conversation), differences);
        }
    }

    /** Of words where prompts have them: at their beginning, or after a token that the format begins with. */
    private int[] words(String text) {
        return encoder.beginning().isPresent() ? tokenizer.encodeAfterToken(text) : tokenizer.encode(text);
    }

    private static void compareTokens(String what, String text, int[] expected, int[] found, List<String> differences) {
        int place = Arrays.mismatch(expected, found);
        if (place >= 0) {
            differences.add(what + " " + quoted(text) + " has other tokens from place " + place + " on: "
                    + from(found, place) + " instead of " + from(expected, place));
        }
    }

    private static String from(int[] tokens, int place) {
        return Arrays.toString(Arrays.copyOfRange(tokens, place, Math.min(tokens.length, place + 5)));
    }

    private static String firstDifference(String expected, String found) {
        int place = 0;
        while (place < Math.min(expected.length(), found.length()) && expected.charAt(place) == found.charAt(place)) {
            place++;
        }
        return ", from character " + place + " on";
    }

    private static String quoted(String text) {
        String line = text.replace("\n", "\\n");
        return "'" + (line.length() > SHOWN ? line.substring(0, SHOWN) + "…" : line) + "'";
    }

    /** The conversation as text; empty when the template refuses it. */
    private Optional<String> rendered(List<Message> conversation) {
        try {
            return Optional.of(encoder.text(conversation));
        } catch (PromptException e) {
            return Optional.empty();
        }
    }

    int[] prompt(List<Message> conversation) {
        int last = conversation.size() - 1;
        return encoder.prompt(conversation.subList(0, last), conversation.get(last));
    }

    /** The prompts of those conversations that the template does not refuse. */
    List<int[]> prompts() {
        return FixedTexts.CONVERSATIONS.stream()
                .filter(conversation -> rendered(conversation).isPresent())
                .map(this::prompt)
                .toList();
    }
}
