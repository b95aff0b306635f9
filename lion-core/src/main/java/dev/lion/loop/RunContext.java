package dev.lion.loop;

import dev.lion.run.RunDirectory;

/** What the stages of one run share. */
record RunContext(
        LoopConfig config,
        Roles roles,
        RunDirectory run,
        TeacherAnswers answers,
        Events events,
        StopSignal stop,
        Watch watch,
        Purse purse,
        Batching batching) {}
