package dev.lion.examples;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** What a piece of code in the documentation says of the command line, held against picocli's model of it. */
final class NamedCommand {
    /** How the pages write the program: the jar, its alias in the guide, and an ellipsis for what is before the command. */
    private static final Set<String> PROGRAM = Set.of("lion", "lion-examples", "...");

    private static final Set<String> END = Set.of("|", "||", "&&", ";", "#", ">", "2>", "&");

    private final CommandLine program;
    private final Set<String> allOptions;

    NamedCommand(CommandLine program) {
        this.program = program;
        this.allOptions = specs(program.getCommandSpec())
                .flatMap(spec -> spec.optionsMap().keySet().stream())
                .collect(Collectors.toSet());
    }

    private static Stream<CommandSpec> specs(CommandSpec spec) {
        return Stream.concat(
                Stream.of(spec),
                spec.subcommands().values().stream()
                        .map(CommandLine::getCommandSpec)
                        .flatMap(NamedCommand::specs));
    }

    /** What a line or an inline piece of code names that does not exist. Code of other programs names nothing. */
    List<String> unknown(String code) {
        List<String> words =
                Arrays.asList(code.replaceAll("[`,)(]+(?=\\s|$)", "").split("\\s+"));
        List<String> unknown = new ArrayList<>();
        int start = afterProgram(words);
        boolean named = start > 0;
        if (!named && !words.get(0).startsWith("--") && !isCommand(words.get(0))) {
            return unknown;
        }
        check(words.subList(start, words.size()), named && !words.get(start - 1).equals("..."), unknown);
        return unknown;
    }

    private static int afterProgram(List<String> words) {
        for (int i = 0; i < words.size(); i++) {
            if (PROGRAM.contains(words.get(i)) || words.get(i).endsWith("lion-examples.jar")) {
                return i + 1;
            }
        }
        return 0;
    }

    private boolean isCommand(String word) {
        return program.getSubcommands().containsKey(word);
    }

    private void check(List<String> words, boolean mustBeACommand, List<String> unknown) {
        CommandSpec at = program.getCommandSpec();
        boolean subcommands = true;
        for (String word : words) {
            if (END.contains(word)) {
                return;
            }
            CommandLine sub = subcommands ? at.subcommands().get(word) : null;
            if (sub != null) {
                at = sub.getCommandSpec();
                continue;
            }
            if (subcommands && mustBeACommand && at == program.getCommandSpec() && word.matches("[a-z][a-z-]*")) {
                unknown.add("the command " + word);
            }
            subcommands = false;
            Optional<String> option = option(word);
            if (option.isPresent() && !known(option.get(), at)) {
                unknown.add(option.get());
            }
        }
    }

    private boolean known(String option, CommandSpec command) {
        return command == program.getCommandSpec()
                ? allOptions.contains(option)
                : command.optionsMap().containsKey(option);
    }

    private static Optional<String> option(String word) {
        String name = word.replaceAll("^[\\[\"']+", "").replaceAll("[^a-z0-9-].*$", "");
        return name.matches("--[a-z][a-z0-9-]*") ? Optional.of(name) : Optional.empty();
    }
}
