package dev.lion.examples;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Collects what is wrong with the values of a command's options, so that all of it is said at once. Used once. */
public final class OptionFaults {
    private final CommandSpec command;
    private final List<String> faults = new ArrayList<>();

    /** Of a command. */
    public OptionFaults(CommandSpec command) {
        this.command = command;
    }

    /** A count must not be less than this. */
    public OptionFaults atLeast(int least, String option, int value) {
        return require(value >= least, option + " must be " + least + " or more, but is " + value);
    }

    /** A count must be in a range, its ends included. */
    public OptionFaults within(int least, int most, String option, int value) {
        return require(
                value >= least && value <= most,
                option + " must be from " + least + " to " + most + ", but is " + value);
    }

    /** Anything else that must hold, and how it is said when it does not. */
    public OptionFaults require(boolean holds, String fault) {
        if (!holds) {
            faults.add(fault);
        }
        return this;
    }

    /**
     * Ends the collecting.
     *
     * @throws ParameterException naming every fault, when there is one
     */
    public void refuse() {
        if (!faults.isEmpty()) {
            throw new ParameterException(command.commandLine(), String.join("\n  ", faults));
        }
    }
}
