"""The configuration of an audit, one table a file; everything but the model and the data has a default."""

from vidocq.audit.configuration.access import AccessSection as AccessSection
from vidocq.audit.configuration.data import DataSection as DataSection
from vidocq.audit.configuration.data import PanelSection as PanelSection
from vidocq.audit.configuration.dossier import DossierSection as DossierSection
from vidocq.audit.configuration.engine import EngineSection as EngineSection
from vidocq.audit.configuration.fine_tuning import FineTuningSection as FineTuningSection
from vidocq.audit.configuration.http import HttpSection as HttpSection
from vidocq.audit.configuration.language import LanguageSection as LanguageSection
from vidocq.audit.configuration.model import BOOSTED as BOOSTED
from vidocq.audit.configuration.model import ModelSection as ModelSection
from vidocq.audit.configuration.openai import OpenAiSection as OpenAiSection
from vidocq.audit.configuration.plan import ALWAYS as ALWAYS
from vidocq.audit.configuration.plan import PlanSection as PlanSection
from vidocq.audit.configuration.section import ID_PATTERN as ID_PATTERN
from vidocq.audit.configuration.section import Section as Section
from vidocq.audit.configuration.training import TrainingSection as TrainingSection
from vidocq.audit.configuration.whole import NOT_YET as NOT_YET
from vidocq.audit.configuration.whole import Configuration as Configuration
from vidocq.audit.configuration.whole import configure as configure
from vidocq.audit.configuration.whole import read_configuration as read_configuration
