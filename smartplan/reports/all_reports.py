"""The one list of reports."""

from __future__ import annotations

from smartplan.reports.masterplan import MASTERPLAN
from smartplan.reports.summary import SUMMARY

REPORTS = (MASTERPLAN, SUMMARY)
"""Every report, the most complete one first."""
