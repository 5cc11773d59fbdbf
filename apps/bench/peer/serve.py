"""What every peer is: a process that is asked, one JSON request a line on stdin, and answers, one JSON answer a line on stdout."""

import json
import resource
import sys


def memory():
    """The most that the operating system gave the process so far, in bytes."""
    return {"peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024}


def serve(**operations):
    """Answers requests by the operations that they name, until there are no more. What fails answers with its error."""
    for line in sys.stdin:
        request = json.loads(line)
        try:
            answer = operations[request.pop("operation")](**request)
        except Exception as error:
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)
