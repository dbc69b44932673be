// Tests that count live tensors need the process to themselves.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
