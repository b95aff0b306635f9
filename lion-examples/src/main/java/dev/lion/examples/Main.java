package dev.lion.examples;

import dev.lion.LionException;
import dev.lion.examples.bench.BenchCommand;
import dev.lion.examples.experiment.ExperimentCommand;
import dev.lion.role.StoppedException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The command line. Exit codes: 0 done, 1 failed for a reason that is said on standard error, 2 called wrongly, 3 stopped
 * at the budget (the same command with a larger one continues), 130 stopped before the end (the same command continues).
 */
@Command(
        name = "lion-examples",
        description = "Distil a strong language model into a small one that you can run.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        subcommands = {
            QuickstartCommand.class,
            DistilCommand.class,
            FinetuneCommand.class,
            ExportCommand.class,
            ChatCommand.class,
            ServeCommand.class,
            CascadeCommand.class,
            EvaluateCommand.class,
            ReportCommand.class,
            WatchCommand.class,
            AgreementCommand.class,
            SolveCommand.class,
            NoveltyCommand.class,
            RescoreCommand.class,
            ExperimentCommand.class,
            BenchCommand.class,
            HelpCommand.class
        },
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Start with:  java -jar lion-examples.jar quickstart",
            "Each command explains itself:  java -jar lion-examples.jar COMMAND --help"
        })
public final class Main {
    static final int FAILED = 1;
    static final int BUDGET_REACHED = 3;
    static final int STOPPED = 130;

    private Main() {}

    /** Runs one command and exits with its code. */
    public static void main(String[] args) {
        int code = run(args);
        StopOnSignal.commandEnded();
        System.exit(code);
    }

    static int run(String... args) {
        return commandLine().execute(args.length == 0 ? new String[] {"--help"} : args);
    }

    static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new Main());
        EvaluateCommand.withoutTimeBudget(
                Objects.requireNonNull(commandLine.getSubcommands().get("evaluate"))
                        .getCommandSpec());
        return commandLine
                .setUsageHelpAutoWidth(true)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(Main::calledWrongly)
                .setExecutionExceptionHandler((failure, failed, parsed) -> failed(failure, failed));
    }

    private static int calledWrongly(ParameterException fault, String[] args) {
        CommandLine command = fault.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("error: " + Printable.text(unprefixed(fault)));
        UnmatchedArgumentException.printSuggestions(fault, err);
        err.println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
        err.flush();
        return CommandLine.ExitCode.USAGE;
    }

    /** Some of the parser's messages say that they are of an error. */
    private static String unprefixed(ParameterException fault) {
        String message = String.valueOf(fault.getMessage());
        return message.startsWith("Error: ") ? message.substring("Error: ".length()) : message;
    }

    private static int failed(Exception failure, CommandLine command) {
        PrintWriter err = command.getErr();
        if (failure instanceof StoppedException) {
            err.println("stopped: " + failure.getMessage());
            err.flush();
            return STOPPED;
        }
        if (failure instanceof LionException) {
            err.println("error: " + Printable.text(String.valueOf(failure.getMessage())));
        } else if (failure instanceof IOException unreadable) {
            err.println("error: cannot read or write: " + reason(unreadable));
        } else if (failure instanceof UncheckedIOException unreadable) {
            err.println("error: cannot read or write: " + reason(Objects.requireNonNull(unreadable.getCause())));
        } else {
            err.println("error: " + failure + " (please report this, with what follows)");
            failure.printStackTrace(err);
        }
        err.flush();
        return FAILED;
    }

    /** The bare message of these exceptions is the path alone. */
    private static String reason(IOException failure) {
        String message = String.valueOf(failure.getMessage());
        if (failure instanceof NoSuchFileException) {
            return message + " does not exist";
        }
        if (failure instanceof AccessDeniedException) {
            return message + " may not be accessed by this user";
        }
        return failure instanceof FileAlreadyExistsException ? message + " is a file, not a directory" : message;
    }

    /** The version in the jar's manifest. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"lion " + (version == null ? "(from class files)" : version)};
        }
    }
}
